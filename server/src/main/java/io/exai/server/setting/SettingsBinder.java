package io.exai.server.setting;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from HOCON: component {@code maxInFlight} from key {@code max-in-flight}. Never stops at the first
 * problem; each is one line, {@code key: value (expected: ...)}.
 */
final class SettingsBinder {
    /** A section that is not for us: Pekko reads it by its path. */
    private static final String DISPATCHER = "blocking-dispatcher";

    private final Config root;
    private final List<String> problems = new ArrayList<>();

    SettingsBinder(Config root) {
        this.root = root;
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    /** The record, checked; null when a problem was found in it, which {@link #problems} then tells. */
    @SuppressWarnings("NullAway") // a caller that finds problems throws the record away
    <T extends Record> T section(String path, Class<T> type, BiFunction<T, String, List<String>> check) {
        ConfigValue section = root.hasPath(path) ? root.getValue(path) : ConfigValueFactory.fromMap(Map.of());
        if (!(section instanceof ConfigObject object)) {
            problem(path, section, "a section in braces");
            return null;
        }
        T bound = type.cast(record(object, path, type));
        if (bound != null) {
            problems.addAll(check.apply(bound, path));
        }
        return bound;
    }

    private @Nullable Object record(ConfigObject section, String path, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        boolean complete = true;
        List<String> known = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            String key = kebab(components[i].getName());
            known.add(key);
            types[i] = components[i].getType();
            values[i] = component(section.get(key), path + "." + key, components[i]);
            complete &= values[i] != null || nullable(components[i]);
        }
        section.keySet().stream()
                .filter(key -> !known.contains(key) && !key.equals(DISPATCHER))
                .sorted()
                .forEach(key -> problem(path + "." + key, section.get(key), "one of " + String.join(", ", known)));
        return complete ? construct(type, types, values) : null;
    }

    private @Nullable Object component(@Nullable ConfigValue value, String key, RecordComponent component) {
        boolean absent = value == null || value.valueType() == com.typesafe.config.ConfigValueType.NULL;
        if (absent) {
            if (!nullable(component)) {
                problems.add(key + ": missing (expected: " + expectation(component.getType()) + ")");
            }
            return null;
        }
        return value(java.util.Objects.requireNonNull(value), key, component.getGenericType());
    }

    private @Nullable Object value(ConfigValue value, String key, Type type) {
        Class<?> raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
        if (raw.isRecord()) {
            if (value instanceof ConfigObject object) {
                return record(object, key, raw);
            }
            problem(key, value, "a section in braces");
            return null;
        }
        if (raw == List.class) {
            return list(value, key);
        }
        if (raw == Map.class) {
            return map(value, key, ((ParameterizedType) type).getActualTypeArguments()[1]);
        }
        try {
            return scalar(value, raw);
        } catch (ConfigException | IllegalArgumentException | ArithmeticException wrong) {
            problem(key, value, expectation(raw));
            return standIn(key, raw);
        }
    }

    /** The default, so that what else is wrong in the section can be told too. */
    private static @Nullable Object standIn(String key, Class<?> type) {
        Config defaults = ConfigFactory.defaultReference();
        return defaults.hasPath(key) ? scalar(defaults.getValue(key), type) : null;
    }

    private @Nullable List<String> list(ConfigValue value, String key) {
        if (value instanceof ConfigList list) {
            return list.stream().map(item -> String.valueOf(item.unwrapped())).toList();
        }
        if (value.unwrapped() instanceof String text) {
            return text.isBlank()
                    ? List.of()
                    : java.util.regex.Pattern.compile(",")
                            .splitAsStream(text)
                            .map(String::strip)
                            .toList();
        }
        problem(key, value, "a list");
        return null;
    }

    private @Nullable Map<String, Object> map(ConfigValue value, String key, Type itemType) {
        if (!(value instanceof ConfigObject object)) {
            problem(key, value, "a section in braces");
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        object.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            Object item = value(entry.getValue(), key + "." + entry.getKey(), itemType);
            if (item != null) {
                map.put(entry.getKey(), item);
            }
        });
        return map;
    }

    private static Object scalar(ConfigValue value, Class<?> type) {
        Config one = value.atKey("v");
        if (type == int.class) {
            return Math.toIntExact(whole(one));
        } else if (type == long.class) {
            return whole(one);
        } else if (type == double.class || type == Double.class) {
            return one.getDouble("v");
        } else if (type == boolean.class) {
            return one.getBoolean("v");
        } else if (type == Duration.class) {
            return duration(one);
        } else if (type == String.class) {
            return one.getString("v");
        }
        throw new IllegalStateException("settings of type " + type + " are not supported");
    }

    /** HOCON itself would cut 1.5 down to 1. */
    private static long whole(Config one) {
        long whole = one.getLong("v");
        if (one.getDouble("v") != (double) whole) {
            throw new ArithmeticException("not a whole number");
        }
        return whole;
    }

    /** A bare number is seconds, as in the environment variables that end in {@code _SECS}. */
    private static Duration duration(Config one) {
        String text = one.getString("v").strip();
        return text.matches("-?[0-9]+(\\.[0-9]+)?")
                ? Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000))
                : one.getDuration("v");
    }

    private static Object construct(Class<?> type, Class<?>[] types, Object[] values) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("cannot make " + type, broken);
        }
    }

    private void problem(String key, @Nullable ConfigValue value, String expected) {
        Object shown = value == null ? "missing" : Secrets.shown(key, value.unwrapped());
        problems.add(key + ": " + shown + " (expected: " + expected + ")");
    }

    private static boolean nullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static String expectation(Class<?> type) {
        if (type == int.class || type == long.class) {
            return "a whole number";
        } else if (type == double.class || type == Double.class) {
            return "a number";
        } else if (type == boolean.class) {
            return "true or false";
        } else if (type == Duration.class) {
            return "a duration such as 30s, 5m, 200ms";
        }
        return type.isRecord() || type == Map.class ? "a section in braces" : "a text";
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }
}
