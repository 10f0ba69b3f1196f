package io.millrace.jdbc;

import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.avatica.AvaticaParameter;

/** What the planner found out about the parameters of a statement. */
final class MillraceParameterMetaData implements ParameterMetaData {
    private final List<AvaticaParameter> parameters;

    MillraceParameterMetaData(List<AvaticaParameter> parameters) {
        this.parameters = parameters;
    }

    private AvaticaParameter parameter(int index) throws SQLException {
        if (index < 1 || index > parameters.size()) {
            throw SqlErrors.of(
                    SqlErrors.INVALID_VALUE,
                    "there is no parameter " + index + ": the statement has " + parameters.size());
        }
        return parameters.get(index - 1);
    }

    @Override
    public int getParameterCount() {
        return parameters.size();
    }

    /** NULL can be bound anywhere; what does not take it says so when it is executed. */
    @Override
    public int isNullable(int index) throws SQLException {
        parameter(index);
        return parameterNullableUnknown;
    }

    @Override
    public boolean isSigned(int index) throws SQLException {
        return parameter(index).signed;
    }

    @Override
    public int getPrecision(int index) throws SQLException {
        return parameter(index).precision;
    }

    @Override
    public int getScale(int index) throws SQLException {
        return parameter(index).scale;
    }

    @Override
    public int getParameterType(int index) throws SQLException {
        return parameter(index).parameterType;
    }

    @Override
    public String getParameterTypeName(int index) throws SQLException {
        return TypeNames.sql(parameter(index).typeName);
    }

    @Override
    public String getParameterClassName(int index) throws SQLException {
        return TypeNames.javaClass(parameter(index).parameterType).getName();
    }

    @Override
    public int getParameterMode(int index) throws SQLException {
        parameter(index);
        return parameterModeIn;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw SqlErrors.of(SqlErrors.INVALID_VALUE, "this is no wrapper for " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
