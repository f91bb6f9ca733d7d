// Counting checks. The first check that fails ends the run with one sentence
// that tells what was expected and what was seen.

package story;

import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;

final class Checks {
    static final class Failed extends RuntimeException {
        Failed(String sentence) {
            super(sentence);
        }
    }

    private final String label;
    private int passed;

    Checks(String label) {
        this.label = label;
    }

    int passed() {
        return passed;
    }

    /** {@code seen} has to be {@code expected}; lists and bytes are compared item by item. */
    void equal(String what, Object expected, Object seen) {
        judge(Objects.deepEquals(expected, seen), what, text(expected), seen);
    }

    /** {@code condition} has to be true; {@code wanted} says in words what it asks for. */
    void holds(String what, String wanted, boolean condition, Object seen) {
        judge(condition, what, wanted, seen);
    }

    /** {@code expected} has to be among {@code items}. */
    void has(String what, Object expected, Collection<?> items) {
        judge(items.contains(expected), what, text(expected) + " among them", items);
    }

    private void judge(boolean good, String what, String wanted, Object seen) {
        if (!good) {
            throw new Failed("%s: %s: expected %s, saw %s.".formatted(label, what, wanted, text(seen)));
        }
        passed++;
    }

    private static String text(Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof byte[] bytes) {
            return Arrays.toString(bytes);
        }
        return value instanceof String ? "\"" + value + "\"" : value.toString();
    }
}
