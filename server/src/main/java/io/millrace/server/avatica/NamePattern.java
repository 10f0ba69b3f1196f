package io.millrace.server.avatica;

import org.jspecify.annotations.Nullable;

/** The patterns of {@code DatabaseMetaData}: {@code %}, {@code _}, and a backslash before either; in any case. */
final class NamePattern {
    private NamePattern() {}

    /** Null matches all. */
    static boolean matches(@Nullable String pattern, String name) {
        return pattern == null || find(pattern, name);
    }

    private static boolean find(String pattern, String name) {
        int p = 0;
        int n = 0;
        int restart = -1;
        int retry = 0;
        while (n < name.length()) {
            char c = p < pattern.length() ? pattern.charAt(p) : 0;
            boolean escaped = c == '\\' && p + 1 < pattern.length();
            char wanted = escaped ? pattern.charAt(p + 1) : c;
            if (c == '%') {
                restart = ++p;
                retry = n;
            } else if (p < pattern.length() && (c == '_' || equal(wanted, name.charAt(n)))) {
                p += escaped ? 2 : 1;
                n++;
            } else if (restart >= 0) {
                p = restart;
                n = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '%') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean equal(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}
