package io.exai.server.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Cuts a list into pages. A cursor names its list and the last item of its page, so that items which come and go
 * between two pages neither repeat nor hide another.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/pagination">MCP,
 *     pagination</a>
 */
final class Page {
    private static final String AFTER = " after ";

    private final String list;
    private final int size;

    /**
     * Of one list.
     *
     * @param list its name in the result
     */
    Page(String list, int size) {
        this.list = list;
        this.size = size;
    }

    /** The page that the request's cursor names; {@code items} are in order of their keys. */
    ObjectNode of(List<Map.Entry<String, ObjectNode>> items, JsonNode cursor) throws Refusal {
        String after = cursor.isMissingNode() ? "" : position(cursor);
        List<Map.Entry<String, ObjectNode>> rest = items.stream()
                .filter(item -> item.getKey().compareTo(after) > 0)
                .limit(size + 1L)
                .toList();
        ObjectNode page = WireJson.object();
        ArrayNode shown = page.putArray(list);
        rest.stream().limit(size).forEach(item -> shown.add(item.getValue()));
        if (rest.size() > size) {
            page.put("nextCursor", cursor(rest.get(size - 1).getKey()));
        }
        return page;
    }

    private String cursor(String last) {
        byte[] text = (list + AFTER + last).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    private String position(JsonNode cursor) throws Refusal {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor.asText()), StandardCharsets.UTF_8);
            String begin = list + AFTER;
            if (cursor.isTextual() && text.startsWith(begin) && text.length() > begin.length()) {
                return text.substring(begin.length());
            }
        } catch (IllegalArgumentException notOurs) {
            throw foreign(cursor);
        }
        throw foreign(cursor);
    }

    private Refusal foreign(JsonNode cursor) {
        return Refusal.of("cursor", cursor, "the nextCursor of an earlier page of this list");
    }
}
