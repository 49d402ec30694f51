package io.exai.provider.file;

import java.util.Map;
import java.util.UUID;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.util.ByteString;

/**
 * A file and its purpose as a form that a browser would send.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7578">RFC 7578</a>
 */
final class FormData {
    private FormData() {}

    static HttpEntity.Strict of(String name, ByteString content, String purpose) {
        String boundary = "exai-" + UUID.randomUUID();
        String opening = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n" + purpose
                + "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + plain(name)
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        var type = MediaTypes.customMultipart("form-data", Map.of("boundary", boundary));
        return HttpEntities.create(
                ContentTypes.create(type),
                ByteString.fromString(opening)
                        .concat(content)
                        .concat(ByteString.fromString("\r\n--" + boundary + "--\r\n")));
    }

    /** The last part of a path, without what would end the header. */
    private static String plain(String name) {
        return name.substring(name.replace('\\', '/').lastIndexOf('/') + 1).replaceAll("[\\p{Cntrl}\"]", "_");
    }
}
