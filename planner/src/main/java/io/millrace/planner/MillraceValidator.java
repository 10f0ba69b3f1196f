package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.ListScope;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** The validator with our settings; a question mark whose type nothing tells is VARCHAR. */
final class MillraceValidator extends SqlValidatorImpl {
    private static final Config CONFIG = Config.DEFAULT
            .withConformance(new Conformance())
            .withDefaultNullCollation(NullCollation.HIGH)
            .withIdentifierExpansion(true);

    private static final Pattern LONG_YEAR = Pattern.compile("\\s*\\d{5,}-");

    /** The question marks whose types no operator around them changes any more. */
    private final Set<SqlNode> settled = Collections.newSetFromMap(new IdentityHashMap<>());

    MillraceValidator(SqlOperatorTable operators, SqlValidatorCatalogReader catalog, RelDataTypeFactory types) {
        super(operators, catalog, types, CONFIG);
    }

    @Override
    protected void inferUnknownTypes(RelDataType inferred, SqlValidatorScope scope, SqlNode node) {
        if (settled.contains(node)) {
            return;
        }
        boolean unknown = inferred.equals(unknownType);
        if (node instanceof SqlDynamicParam && unknown) {
            if (getValidatedNodeTypeIfKnown(node) == null) {
                super.inferUnknownTypes(nullable(typeFactory.createSqlType(SqlTypeName.VARCHAR)), scope, node);
            }
            return;
        }
        if (node instanceof SqlCase branches) {
            inferParameters(branches, scope);
        }
        if (node instanceof SqlCall call && call.getOperator() instanceof SqlFunction) {
            inferParameters(call, scope);
        }
        if (node instanceof SqlCall call && call.getOperator() instanceof SqlQuantifyOperator) {
            inferCompared(call, scope);
        }
        super.inferUnknownTypes(inferred, scope, node);
    }

    /** One type for each question mark, also when a rewrite has made two of one. */
    @Override
    public RelDataType getParameterRowType(SqlNode query) {
        SortedMap<Integer, RelDataType> types = new TreeMap<>();
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlDynamicParam parameter) {
                types.putIfAbsent(parameter.getIndex(), getValidatedNodeType(parameter));
                return null;
            }
        });
        RelDataTypeFactory.Builder fields = typeFactory.builder();
        types.forEach((index, type) -> fields.add("?" + index, type));
        return fields.build();
    }

    /** Question marks among the arguments of a function get the type that it expects, or that of another argument. */
    private void inferParameters(SqlCall call, SqlValidatorScope scope) {
        for (int i = 0; i < call.operandCount(); i++) {
            SqlNode operand = call.getOperandList().get(i);
            if (!(operand instanceof SqlDynamicParam)) {
                continue;
            }
            RelDataType type = new ParameterTypes(typeFactory).expected(call, i);
            // the first argument of NVL2 is only looked at
            if (type == null && !Nodes.functionName(call).equals("NVL2")) {
                type = siblingType(scope, call.getOperandList());
            }
            if (type != null) {
                super.inferUnknownTypes(nullable(type), scope, operand);
            }
        }
    }

    /** A question mark that is compared with the elements of an array gets their type. */
    private void inferCompared(SqlCall call, SqlValidatorScope scope) {
        boolean isSingle = call.operand(1) instanceof SqlNodeList list && list.size() == 1;
        if (call.operand(0) instanceof SqlDynamicParam && isSingle) {
            RelDataType element =
                    deriveType(scope, ((SqlNodeList) call.operand(1)).get(0)).getComponentType();
            if (element != null) {
                super.inferUnknownTypes(nullable(element), scope, call.operand(0));
                settled.add(call.operand(0));
            }
        }
    }

    /** Question marks among the results of CASE, also of one that was COALESCE, get the type of the others. */
    private void inferParameters(SqlCase branches, SqlValidatorScope scope) {
        RelDataType type = siblingType(scope, results(branches));
        if (type == null) {
            return;
        }
        List<SqlNode> parameters = results(branches);
        for (SqlNode condition : branches.getWhenOperands()) {
            if (condition.getKind() == SqlKind.IS_NOT_NULL) {
                parameters.add(((SqlCall) condition).operand(0));
            }
        }
        for (SqlNode parameter : parameters) {
            if (parameter instanceof SqlDynamicParam) {
                super.inferUnknownTypes(nullable(type), scope, parameter);
                settled.add(parameter);
            }
        }
    }

    private static List<SqlNode> results(SqlCase branches) {
        List<SqlNode> results = new ArrayList<>();
        for (SqlNode result : branches.getThenOperands()) {
            // COALESCE leaves a call around its values that says that they are not NULL
            boolean wrapped = result instanceof SqlCall call
                    && call.operandCount() == 1
                    && call.operand(0) instanceof SqlDynamicParam;
            results.add(wrapped ? ((SqlCall) result).operand(0) : result);
        }
        if (branches.getElseOperand() != null) {
            results.add(branches.getElseOperand());
        }
        return results;
    }

    /** The type of the first value that is neither a question mark nor NULL. */
    private @Nullable RelDataType siblingType(SqlValidatorScope scope, List<? extends @Nullable SqlNode> values) {
        boolean parameters = values.stream().anyMatch(SqlDynamicParam.class::isInstance);
        for (SqlNode value : parameters ? values : List.<SqlNode>of()) {
            boolean typed = value instanceof SqlIdentifier
                    || (value instanceof SqlLiteral literal
                            && !SqlUtil.isNullLiteral(literal, false)
                            && literal.getTypeName() != SqlTypeName.SYMBOL);
            if (typed) {
                return deriveType(scope, value);
            }
        }
        return null;
    }

    private RelDataType nullable(RelDataType type) {
        return typeFactory.createTypeWithNullability(type, true);
    }

    /** Calcite fails without a place on a DATE of such a year, and cuts that of a TIMESTAMP. */
    @Override
    public SqlLiteral resolveLiteral(SqlLiteral literal) {
        if (literal instanceof SqlUnknownLiteral unknown
                && LONG_YEAR.matcher(unknown.getValue()).lookingAt()) {
            throw new MillraceException(
                    ErrorCode.INVALID_DATETIME,
                    "invalid literal: " + literal,
                    "Years go from 0001 to 9999.",
                    Nodes.position(literal),
                    null);
        }
        return super.resolveLiteral(literal);
    }

    @Override
    public RelDataType deriveType(SqlValidatorScope scope, SqlNode operand) {
        PlanningBudget.current().check();
        try {
            return super.deriveType(scope, operand);
        } catch (NullPointerException | ClassCastException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw unexpected(operand, e);
        }
    }

    /** Some functions of Calcite's libraries fail on arguments that they should refuse. */
    private static RuntimeException unexpected(SqlNode operand, RuntimeException failure) {
        if (!(operand instanceof SqlCall call) || !(call.getOperator() instanceof SqlFunction function)) {
            return failure;
        }
        return new MillraceException(
                ErrorCode.NOT_SUPPORTED,
                "function \"" + function.getName().toLowerCase(Locale.ROOT) + "\" of such arguments is not supported",
                "Check the types of its arguments.",
                Nodes.position(call),
                failure);
    }

    /** Refuses too wide a row before its stars are expanded. */
    @Override
    protected RelDataType validateSelectList(SqlNodeList items, SqlSelect select, RelDataType targetRowType) {
        PlanningBudget.current().columns(leastWidth(items, select), Nodes.position(items));
        RelDataType type = super.validateSelectList(items, select, targetRowType);
        PlanningBudget.current().columns(type.getFieldCount(), Nodes.position(items));
        return type;
    }

    /** How many columns the items become, or fewer: {@code t.*} counts as one here. */
    private long leastWidth(SqlNodeList items, SqlSelect select) {
        long stars = items.stream()
                .filter(item -> item instanceof SqlIdentifier name && name.isStar() && name.names.size() == 1)
                .count();
        long width = 0;
        if (stars > 0 && getFromScope(select) instanceof ListScope from) {
            for (SqlValidatorNamespace child : from.getChildren()) {
                width += child.getRowType().getFieldCount();
            }
        }
        return items.size() - stars + stars * width;
    }

    /** As liberal as can be, but for columns that are neither grouped nor aggregated. */
    private static final class Conformance extends SqlDelegatingConformance {
        Conformance() {
            super(SqlConformanceEnum.BABEL);
        }

        @Override
        public boolean isNonStrictGroupBy() {
            return false;
        }

        /** Otherwise an unknown column is taken for an alias that refers to itself. */
        @Override
        public SelectAliasLookup isSelectAlias() {
            return SelectAliasLookup.UNSUPPORTED;
        }
    }

    static SqlConformance conformance() {
        return CONFIG.conformance();
    }
}
