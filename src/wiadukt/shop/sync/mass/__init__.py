"""One deed on many messages or objects: some at a time, with progress, pause and cancel. `work` goes through it,
`steps` say what each deed does to its next portion."""
