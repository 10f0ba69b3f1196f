package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.StreamDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.ParsedStatement;
import io.millrace.parser.StatementParser;
import io.millrace.parser.ast.SqlContinuousQuery;
import io.millrace.parser.ast.SqlCreateQueryObject;
import io.millrace.parser.ast.SqlCreateSink;
import io.millrace.parser.ast.SqlCreateStream;
import io.millrace.parser.ast.SqlCreateTable;
import io.millrace.parser.ast.SqlSubscribe;
import java.util.List;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlUpdate;

/** Plans statements. Thread-safe. Fails with {@link MillraceException} only. */
public final class Planner {
    private volatile Known known = new Known(CatalogSnapshot.EMPTY, CatalogSchema.of(CatalogSnapshot.EMPTY));

    /** The catalog that was last planned against, as the validator sees it. */
    private record Known(CatalogSnapshot catalog, CalciteSchema schema) {}

    private final PlannerLimits limits;
    private final PlanningThreads threads;

    public Planner() {
        this(PlannerLimits.DEFAULT);
    }

    public Planner(PlannerLimits limits) {
        this.limits = limits;
        threads = new PlanningThreads(limits);
    }

    /** Plans one statement; question marks stay {@code Parameter}s, see {@link ParameterBinder}. */
    public StatementPlan plan(String sql, CatalogSnapshot catalog) {
        return planToKeep(sql, catalog).plan();
    }

    /** Plans one statement, for whoever may meet it again when the catalog has changed. */
    public PlannedStatement planToKeep(String sql, CatalogSnapshot catalog) {
        return threads.run(() -> planHere(sql, catalog));
    }

    private PlannedStatement planHere(String sql, CatalogSnapshot catalog) {
        try {
            ParsedStatement statement = StatementParser.parse(sql, limits.text());
            SchemaNames.simplify(statement.node());
            NamedRelations names = NamedRelations.of(statement.node(), catalog);
            return new PlannedStatement(plan(statement, catalog), names, catalog);
        } catch (MillraceException | PlanningBudget.PlanningGivenUp e) {
            throw e;
        } catch (StackOverflowError e) {
            throw new MillraceException(ErrorCode.PROGRAM_TOO_COMPLEX, "the statement is nested too deeply", e)
                    .withHint("Split it into several statements.");
        } catch (RuntimeException | AssertionError | LinkageError e) {
            throw ErrorTranslator.internal(e);
        }
    }

    /** Plans a few typical statements, so that the first user's need not wait for classes to load. */
    public void warmUp() {
        String create = "CREATE STREAM s (word VARCHAR, n BIGINT, ts TIMESTAMP, "
                + "WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)";
        StatementPlan plan = plan(create, CatalogSnapshot.EMPTY);
        StreamDefinition stream = ((StatementPlan.CreateStream) plan).definition();
        CatalogSnapshot catalog = CatalogSnapshot.EMPTY.with(stream);
        List<String> statements = List.of(
                "SELECT word, COUNT(*) FROM s WINDOW HOP(30s, 10s) WHERE word LIKE '%ERROR%'",
                "SELECT word, SUM(n) AS total FROM s WHERE ts > TIMESTAMP '2024-01-01 00:00:00' OR n IN (1, 2) "
                        + "GROUP BY word HAVING COUNT(*) > ? ORDER BY 2 DESC LIMIT 10",
                "SELECT STREAM *, CASE WHEN n > 1 THEN UPPER(word) ELSE COALESCE(word, '-') END FROM s",
                "INSERT INTO s VALUES ('a', 1, '2024-01-01 00:00:00'), (?, ?, ?)");
        for (int i = 0; i < 3; i++) {
            statements.forEach(sql -> plan(sql, catalog));
        }
        threads.warm();
    }

    private StatementPlan plan(ParsedStatement statement, CatalogSnapshot catalog) {
        switch (statement.kind()) {
            case QUERY:
                if (SubscriptionPlanner.isWanted(statement.node())) {
                    return new SubscriptionPlanner(catalog, queries(statement, catalog))
                            .emit((SqlContinuousQuery) statement.node());
                }
                QueryPlanner queries = queries(statement, catalog);
                StatementPlan.Query query = queries.plan(statement.node());
                return queries.isTail()
                        ? new SubscriptionPlanner(catalog, queries).tail(query, statement.node())
                        : query;
            case SUBSCRIBE:
                return new SubscriptionPlanner(catalog, queries(statement, catalog))
                        .subscribe((SqlSubscribe) statement.node());
            case INSERT:
                return new InsertPlanner(catalog, schema(catalog), statement.sql()).plan((SqlInsert) statement.node());
            case UPDATE:
                return new ChangePlanner(catalog, statement.sql()).update((SqlUpdate) statement.node());
            case DELETE:
                return new ChangePlanner(catalog, statement.sql()).delete((SqlDelete) statement.node());
            case CREATE_STREAM:
                return new StreamAnalyzer(expressions(statement), statement.sql())
                        .analyze((SqlCreateStream) statement.node());
            case CREATE_TABLE:
                return new TableAnalyzer(expressions(statement), statement.sql())
                        .analyze((SqlCreateTable) statement.node());
            case CREATE_VIEW:
            case CREATE_MATERIALIZED_VIEW:
                return new ViewAnalyzer(catalog, schema(catalog), statement.sql())
                        .analyze((SqlCreateQueryObject) statement.node());
            case CREATE_SINK:
                return new SinkAnalyzer(catalog, schema(catalog), statement.sql())
                        .analyze((SqlCreateSink) statement.node());
            default:
                return CommandPlanner.plan(statement, catalog, this::plan);
        }
    }

    private QueryPlanner queries(ParsedStatement statement, CatalogSnapshot catalog) {
        return new QueryPlanner(catalog, schema(catalog), statement.sql());
    }

    /** For expressions that read no relation. */
    private static QueryPlanner expressions(ParsedStatement statement) {
        return new QueryPlanner(CatalogSnapshot.EMPTY, CatalogSchema.of(CatalogSnapshot.EMPTY), statement.sql());
    }

    private CalciteSchema schema(CatalogSnapshot catalog) {
        Known current = known;
        if (current.catalog() != catalog) {
            current = new Known(catalog, CatalogSchema.of(catalog));
            known = current;
        }
        return current.schema();
    }
}
