/** Parses the windows that follow an item of FROM. */
SqlNode WindowClause(SqlNode table) :
{
    final Span s;
    final SqlIdentifier function;
    final WindowArguments arguments;
}
{
    <WINDOW> { s = span(); checkNotJoin(table); }
    function = SimpleIdentifier() { arguments = new WindowArguments(function); }
    <LPAREN>
    [
        WindowArgument(arguments)
        (
            <COMMA> WindowArgument(arguments)
        |
            <ON> WindowTimeColumn(arguments)
        )*
    ]
    <RPAREN> {
        return arguments.over(table, s.end(this));
    }
}

void WindowArgument(WindowArguments arguments) :
{
    final SqlIdentifier name;
    final SqlNode duration;
    final SqlParserPos pos;
}
{
    <ON> WindowTimeColumn(arguments)
|
    <OFFSET> { pos = getPos(); }
    [ <NAMED_ARGUMENT_ASSIGNMENT> ]
    duration = Duration() { arguments.add("OFFSET", duration, pos); }
|
    LOOKAHEAD(2)
    name = SimpleIdentifier() <NAMED_ARGUMENT_ASSIGNMENT>
    duration = Duration() { arguments.add(name.getSimple(), duration, name.getParserPosition()); }
|
    duration = Duration() { arguments.add(duration); }
}

void WindowTimeColumn(WindowArguments arguments) :
{
    final SqlIdentifier column;
}
{
    [ <NAMED_ARGUMENT_ASSIGNMENT> ]
    column = SimpleIdentifier() { arguments.timeColumn(column); }
}

/** Parses SINCE and EMIT, in either order, after a query. */
SqlNode ContinuousClausesOpt(SqlNode e) :
{
    SqlSince since = null;
    SqlEmit emit = null;
}
{
    [
        since = SinceClause() [ emit = EmitClause() ]
    |
        emit = EmitClause() [ since = SinceClause() ]
    ]
    {
        return since == null && emit == null
            ? e
            : SqlContinuousQuery.of(Span.of(e).end(this), e, since, emit);
    }
}

SqlEmit EmitClause() :
{
    final Span s;
    SqlNode every = null;
    final SqlEmit.Mode mode;
}
{
    <EMIT> { s = span(); }
    (
        <FINAL> { mode = SqlEmit.Mode.FINAL; }
    |
        <ON> <WINDOW> <CLOSE> { mode = SqlEmit.Mode.FINAL; }
    |
        <CHANGES> { mode = SqlEmit.Mode.CHANGES; }
    |
        <EVERY> every = Duration()
        (
            <CHANGES> { mode = SqlEmit.Mode.EVERY_CHANGES; }
        |
            { mode = SqlEmit.Mode.EVERY; }
        )
    )
    {
        return new SqlEmit(s.end(this), mode, every);
    }
}

SqlSince SinceClause() :
{
    final Span s;
    final SqlNode argument;
}
{
    <SINCE> { s = span(); }
    (
        <NOW> { return SqlSince.now(s.end(this)); }
    |
        <BEGINNING> { return SqlSince.beginning(s.end(this)); }
    |
        <TIMESTAMP> argument = Expression(ExprContext.ACCEPT_NON_QUERY) {
            return SqlSince.timestamp(s.end(this), argument);
        }
    |
        <AFTER> <POSITION> argument = LogPosition() {
            return SqlSince.afterPosition(s.end(this), argument);
        }
    )
}

/** Parses a position of the log: a number or a question mark. */
SqlNode LogPosition() :
{
    final SqlNode position;
}
{
    <UNSIGNED_INTEGER_LITERAL> {
        return SqlLiteral.createExactNumeric(token.image, getPos());
    }
|
    position = DynamicParam() { return position; }
}
