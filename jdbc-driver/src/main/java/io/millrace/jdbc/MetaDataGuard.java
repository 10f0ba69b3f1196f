package io.millrace.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lets only SQLExceptions out of the library's metadata, and answers what it answers wrongly for Millrace. */
final class MetaDataGuard implements InvocationHandler {
    private final DatabaseMetaData guarded;

    private MetaDataGuard(DatabaseMetaData guarded) {
        this.guarded = guarded;
    }

    static DatabaseMetaData guard(DatabaseMetaData metaData) {
        return (DatabaseMetaData) Proxy.newProxyInstance(
                MetaDataGuard.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                new MetaDataGuard(metaData));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName().toLowerCase(Locale.ROOT)) {
            case "storesuppercaseidentifiers":
            case "storeslowercaseidentifiers":
            case "supportstransactions":
            case "isreadonly":
            case "supportscatalogsindatamanipulation":
            case "supportscatalogsintabledefinitions":
            case "supportsouterjoins":
            case "supportsfullouterjoins":
            case "supportslimitedouterjoins":
                return false;
            case "storesmixedcaseidentifiers":
            case "supportsbatchupdates":
                return true;
            case "supportstransactionisolationlevel":
                return arguments != null && arguments[0].equals(guarded.getDefaultTransactionIsolation());
            default:
                break;
        }
        try {
            return method.invoke(guarded, arguments);
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            throw cause instanceof RuntimeException failure ? SqlErrors.of(failure) : cause == null ? thrown : cause;
        }
    }
}
