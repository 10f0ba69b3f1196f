package io.millrace.executor.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.ScalarFunction;
import org.junit.jupiter.api.Test;

class FunctionRegistryTest {
    @Test
    void everyFunctionHasAFactory() {
        assertThat(FunctionRegistry.functions()).containsExactlyInAnyOrder(ScalarFunction.values());
    }
}
