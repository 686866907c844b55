# One image for every part of ours; the command says which part it is.
FROM python:3.11-slim-bookworm
# The driver of SQL Server is in its wheel, but for these two libraries.
RUN apt-get update && apt-get install -y --no-install-recommends libltdl7 libgssapi-krb5-2 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements/demo.txt requirements/demo.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/demo.txt
COPY pyproject.toml README.md ./
COPY src src
RUN pip install --no-cache-dir --no-deps --no-build-isolation . \
    && for po in src/wiadukt/*/locale/*/LC_MESSAGES/*.po; do \
         place="$(python -c 'import wiadukt, pathlib; print(pathlib.Path(wiadukt.__file__).parent)')${po#src/wiadukt}"; \
         pybabel -q compile -i "$po" -o "${place%.po}.mo"; \
       done \
    && useradd --create-home wiadukt && mkdir -p /data/media && chown -R wiadukt /data
USER wiadukt
ENTRYPOINT ["wiadukt"]
