SqlCreate CreateStream(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final RelationElements elements;
    final SqlNodeList settings;
}
{
    <STREAM>
    ifNotExists = IfNotExistsOpt()
    name = CompoundIdentifier()
    elements = RelationElements()
    settings = WithOptionsOpt()
    {
        return new SqlCreateStream(s.end(this), replace, ifNotExists, name, elements, settings);
    }
}

SqlCreate CreateTable(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final RelationElements elements;
    final SqlNodeList settings;
}
{
    <TABLE>
    ifNotExists = IfNotExistsOpt()
    name = CompoundIdentifier()
    [ <AS> { refuse("CREATE TABLE … AS"); } ]
    elements = RelationElements()
    settings = WithOptionsOpt()
    {
        return new SqlCreateTable(s.end(this), replace, ifNotExists, name, elements, settings);
    }
}

/** Parses the columns, the watermark and the keys of a stream or table. */
RelationElements RelationElements() :
{
    final Span s;
    final RelationElements.Builder builder = new RelationElements.Builder();
}
{
    <LPAREN> { s = span(); }
    RelationElement(builder)
    ( <COMMA> RelationElement(builder) )*
    <RPAREN> {
        return builder.build(s.end(this));
    }
}

void RelationElement(RelationElements.Builder builder) :
{
    final SqlWatermark watermark;
    final SqlColumnDefinition column;
    final SqlNodeList key;
    final Span s;
}
{
    LOOKAHEAD(<WATERMARK> <FOR>)
    watermark = WatermarkDefinition() { builder.watermark(watermark); }
|
    LOOKAHEAD({ getToken(1).kind == CONSTRAINT || getToken(1).kind == PRIMARY || getToken(1).kind == UNIQUE
            || getToken(1).kind == CHECK || getToken(1).kind == FOREIGN && getToken(2).kind == KEY })
    [ <CONSTRAINT> SimpleIdentifier() ]
    (
        <PRIMARY> { s = span(); } <KEY>
        key = ParenthesizedSimpleIdentifierList() {
            builder.primaryKey(key, s.end(this));
        }
    |
        <UNIQUE> { refuse("UNIQUE"); }
    |
        <CHECK> { refuse("CHECK"); }
    |
        <FOREIGN> { refuse("FOREIGN KEY"); }
    )
|
    column = ColumnDefinition(builder) { builder.column(column); }
}

/** Refuses what follows from the last token on. */
JAVACODE void refuse(String what) {
    throw MillraceException.notSupported(what, Positions.start(getPos()));
}

SqlCreate CreateUnsupported(Span s, boolean replace) :
{
    final String what;
}
{
    (
        [ <UNIQUE> ] <INDEX> { what = "CREATE INDEX"; }
    |
        <TRIGGER> { what = "CREATE TRIGGER"; }
    )
    {
        refuse(what);
        return null;
    }
}

SqlColumnDefinition ColumnDefinition(RelationElements.Builder elements) :
{
    final SqlIdentifier name;
    SqlDataTypeSpec type;
    SqlNode value = null;
    final Span s;
}
{
    name = SimpleIdentifier() { s = Span.of(name); }
    type = DataType()
    (
        <NOT> <NULL> { type = type.withNullable(false); }
    |
        <NULL> { type = type.withNullable(true); }
    |
        <DEFAULT_> value = Expression(ExprContext.ACCEPT_NON_QUERY)
    |
        <PRIMARY> <KEY> { elements.primaryKey(SqlNodeList.of(name), getPos()); }
    |
        <UNIQUE> { refuse("UNIQUE"); }
    |
        <CHECK> { refuse("CHECK"); }
    |
        <REFERENCES> { refuse("REFERENCES"); }
    )*
    {
        return new SqlColumnDefinition(s.end(this), name, type, value);
    }
}

SqlWatermark WatermarkDefinition() :
{
    final Span s;
    final SqlIdentifier column;
    final SqlNode expression;
    SqlNode idleTimeout = null;
    SqlNode maxFutureSkew = null;
}
{
    <WATERMARK> { s = span(); } <FOR>
    column = SimpleIdentifier()
    <AS>
    expression = Expression(ExprContext.ACCEPT_NON_QUERY)
    [ <IDLE> <TIMEOUT> idleTimeout = Duration() ]
    [ <MAX> <FUTURE> <SKEW> maxFutureSkew = Duration() ]
    {
        return new SqlWatermark(s.end(this), column, expression, idleTimeout, maxFutureSkew);
    }
}

SqlCreate CreateMaterializedView(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    SqlNodeList columns = null;
    final SqlNode query;
}
{
    <MATERIALIZED> <VIEW>
    ifNotExists = IfNotExistsOpt()
    name = CompoundIdentifier()
    [ columns = ParenthesizedSimpleIdentifierList() ]
    <AS>
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    {
        return new SqlCreateMaterializedView(s.end(this), replace, ifNotExists, name, columns, query);
    }
}

SqlCreate CreateView(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    SqlNodeList columns = null;
    final SqlNode query;
}
{
    <VIEW>
    ifNotExists = IfNotExistsOpt()
    name = CompoundIdentifier()
    [ columns = ParenthesizedSimpleIdentifierList() ]
    <AS>
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    {
        return new SqlCreateView(s.end(this), replace, ifNotExists, name, columns, query);
    }
}

SqlCreate CreateSink(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final SqlNodeList settings;
    final SqlNode query;
}
{
    <SINK>
    ifNotExists = IfNotExistsOpt()
    name = CompoundIdentifier()
    <INTO>
    settings = ParenthesizedOptions()
    <AS>
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    {
        return new SqlCreateSink(s.end(this), replace, ifNotExists, name, settings, query);
    }
}

SqlDrop DropObject(Span s, boolean replace) :
{
    final ObjectType type;
    boolean ifExists = false;
    final SqlIdentifier name;
    boolean cascade = false;
}
{
    (
        <STREAM> { type = ObjectType.STREAM; }
    |
        <TABLE> { type = ObjectType.TABLE; }
    |
        <MATERIALIZED> <VIEW> { type = ObjectType.MATERIALIZED_VIEW; }
    |
        <VIEW> { type = ObjectType.VIEW; }
    |
        <SINK> { type = ObjectType.SINK; }
    |
        <INDEX> {
            refuse("DROP INDEX");
            type = ObjectType.TABLE;
        }
    )
    [ LOOKAHEAD(<IF> <EXISTS>) <IF> <EXISTS> { ifExists = true; } ]
    name = CompoundIdentifier()
    [ <CASCADE> { cascade = true; } ]
    {
        return new SqlDropObject(s.end(this), type, ifExists, name, cascade);
    }
}

SqlNode AlterStatement() :
{
    final Span s;
    final SqlIdentifier name;
    SqlNodeList set = SqlNodeList.EMPTY;
    SqlNodeList reset = SqlNodeList.EMPTY;
}
{
    <ALTER> { s = span(); }
    (
        <STREAM>
    |
        <TABLE> { refuse("ALTER TABLE"); }
    |
        <VIEW> { refuse("ALTER VIEW"); }
    |
        <MATERIALIZED> { refuse("ALTER MATERIALIZED VIEW"); }
    |
        <SINK> { refuse("ALTER SINK"); }
    |
        ( <SYSTEM> | <SESSION> ) { refuse("ALTER of settings"); }
    )
    name = CompoundIdentifier()
    (
        <SET> set = ParenthesizedOptions()
    |
        <RESET> reset = ParenthesizedKeys()
    )
    {
        return new SqlAlterStream(s.end(this), name, set, reset);
    }
}

boolean IfNotExistsOpt() :
{
}
{
    LOOKAHEAD(<IF> <NOT>)
    <IF> <NOT> <EXISTS> { return true; }
|
    { return false; }
}

SqlNodeList WithOptionsOpt() :
{
    final SqlNodeList settings;
}
{
    <WITH> settings = ParenthesizedOptions() { return settings; }
|
    { return SqlNodeList.EMPTY; }
}

/** Parses (key = value, …); a key is a dotted name or a string, a value a literal or a word. */
SqlNodeList ParenthesizedOptions() :
{
    final Span s;
    final List<SqlNode> settings = new ArrayList<SqlNode>();
    SqlOption option;
}
{
    <LPAREN> { s = span(); }
    option = Option() { settings.add(option); }
    ( <COMMA> option = Option() { settings.add(option); } )*
    <RPAREN> {
        return new SqlNodeList(settings, s.end(this));
    }
}

/** Parses (key, …). */
SqlNodeList ParenthesizedKeys() :
{
    final Span s;
    final List<SqlNode> keys = new ArrayList<SqlNode>();
    SqlNode key;
}
{
    <LPAREN> { s = span(); }
    key = OptionKey() { keys.add(SqlOption.keyOf(key)); }
    ( <COMMA> key = OptionKey() { keys.add(SqlOption.keyOf(key)); } )*
    <RPAREN> {
        return new SqlNodeList(keys, s.end(this));
    }
}

SqlNode OptionKey() :
{
    final SqlNode key;
}
{
    ( key = CompoundIdentifier() | key = StringLiteral() ) { return key; }
}

SqlOption Option() :
{
    final SqlNode key;
    final SqlNode value;
}
{
    key = OptionKey()
    <EQ>
    ( LOOKAHEAD(2) value = Literal() | value = SimpleIdentifier() )
    {
        return SqlOption.of(Span.of(key).end(this), key, value);
    }
}

/** Parses the names that other systems use for our types. */
SqlTypeNameSpec AliasedTypeName() :
{
    int precision = -1;
    final Span s;
}
{
    ( <STRING> | <TEXT> ) {
        return new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, getPos());
    }
|
    <BYTES> {
        return new SqlBasicTypeNameSpec(SqlTypeName.VARBINARY, getPos());
    }
|
    <TIMESTAMP_LTZ> { s = span(); }
    precision = PrecisionOpt() {
        return new SqlBasicTypeNameSpec(
            SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, precision, s.end(this));
    }
}
