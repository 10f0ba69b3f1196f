SqlNode ShowStatement() :
{
    final Span s;
    final SqlShow.Subject subject;
}
{
    <SHOW> { s = span(); }
    (
        <STREAMS> { subject = SqlShow.Subject.STREAMS; }
    |
        <TABLES> { subject = SqlShow.Subject.TABLES; }
    |
        <VIEWS> { subject = SqlShow.Subject.VIEWS; }
    |
        <SINKS> { subject = SqlShow.Subject.SINKS; }
    |
        <QUERIES> { subject = SqlShow.Subject.QUERIES; }
    |
        <WATERMARKS> { subject = SqlShow.Subject.WATERMARKS; }
    )
    {
        return new SqlShow(s.end(this), subject);
    }
}

SqlNode DescribeStatement() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    ( <DESCRIBE> | <DESC> ) { s = span(); }
    name = CompoundIdentifier()
    {
        return new SqlDescribe(s.end(this), name);
    }
}

SqlNode ExplainStatement() :
{
    final Span s;
    boolean analyze = false;
    final SqlNode statement;
}
{
    <EXPLAIN> { s = span(); }
    [
        // both are names too, but no query begins with one
        LOOKAHEAD({ getToken(1).kind == ANALYZE || getToken(1).kind == PLAN })
        ( <ANALYZE> { analyze = true; } | <PLAN> <FOR> )
    ]
    statement = SqlQueryOrDml()
    {
        return new SqlExplainStatement(s.end(this), analyze, statement);
    }
}

SqlNode KillQueryStatement() :
{
    final Span s;
    final SqlNode id;
}
{
    <KILL> { s = span(); } <QUERY>
    ( id = LogPosition() | id = StringLiteral() )
    {
        return new SqlKillQuery(s.end(this), id);
    }
}

SqlNode FlushStatement() :
{
    final Span s;
    boolean sinks = false;
}
{
    <FLUSH> { s = span(); }
    [ <SINKS> { sinks = true; } ]
    {
        return new SqlFlush(s.end(this), sinks);
    }
}

SqlNode SubscribeStatement() :
{
    final Span s;
    final SqlNode target;
    final SqlNodeList settings;
    SqlSince since = null;
    SqlNode upTo = null;
}
{
    <SUBSCRIBE> { s = span(); }
    [ <TO> ]
    (
        target = CompoundIdentifier()
    |
        <LPAREN> target = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) <RPAREN>
    )
    settings = WithOptionsOpt()
    [ since = SinceClause() ]
    [ <UP> <TO> <POSITION> upTo = LogPosition() ]
    {
        return new SqlSubscribe(s.end(this), target, settings, since, upTo);
    }
}

/** Parses the first word of statements that other systems have. */
SqlNode UnsupportedStatement() :
{
}
{
    <REINDEX> {
        refuse("REINDEX");
        return null;
    }
|
    <TRUNCATE> {
        refuse("TRUNCATE");
        return null;
    }
}

/** Parses the value that an UPDATE gives a column. */
void AddAssignedValue(List<SqlNode> list) :
{
}
{
    <DEFAULT_> { list.add(SqlStdOperatorTable.DEFAULT.createCall(getPos())); }
|
    AddExpression(list, ExprContext.ACCEPT_SUB_QUERY)
}
