"""Which parameters of a T-SQL procedure have a default stands only in its text."""

from __future__ import annotations

import pytest

from wiadukt.wapro.write.call_sqlserver import declared, with_default


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CREATE PROCEDURE dbo.p @a int, @b varchar(30) = 'x' AS BEGIN SELECT @a = 1 END", {"b"}),
        ("create procedure p\n@a numeric(18, 0) = 0, -- the id\n@B dbo.T_ID_TYP=NULL OUTPUT\nAS\nSELECT 1", {"a", "b"}),
        ("CREATE PROCEDURE p @a int AS SET NOCOUNT ON; DECLARE @c int = 1;", set()),
        ("", set()),
    ],
)
def test_defaults_are_read_from_the_head_only(text, found):
    assert with_default(text) == found


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("numeric", 9, 18, 0), "numeric(18, 0)"),
        (("varchar", -1, 0, 0), "varchar(max)"),
        (("nvarchar", 100, 0, 0), "nvarchar(50)"),
        (("char", 3, 0, 0), "char(3)"),
        (("int", 4, 10, 0), "int"),
    ],
)
def test_a_type_is_said_as_declare_wants_it(given, said):
    assert declared(*given) == said
