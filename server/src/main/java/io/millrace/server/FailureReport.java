package io.millrace.server;

import io.millrace.error.ErrorKind;
import io.millrace.error.MillraceException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line why a command failed; with a stack trace only when the failure is a defect of ours. */
final class FailureReport implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        boolean expected =
                failure instanceof MillraceException known && known.code().kind() != ErrorKind.INTERNAL
                        || failure instanceof java.io.IOException
                        || failure instanceof java.sql.SQLException;
        command.getErr().println("millrace: " + failure.getMessage());
        if (!expected) {
            failure.printStackTrace(command.getErr());
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
