package io.exai.provider.sandbox.file;

import io.exai.provider.sandbox.wire.Address;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.InvalidQuestion;
import io.exai.provider.sandbox.wire.Pages;
import io.exai.provider.sandbox.wire.Refusal;
import java.time.Clock;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;

/** Whatever a vendor offers beside the chat. */
public final class SideDesk {
    private final FileDesk files;
    private final Clock clock;

    public SideDesk(Clock clock) {
        this.files = new FileDesk(clock);
        this.clock = clock;
    }

    /** Where the path does not tell, files are Moonshot's and searches Z.ai's. */
    public Dialect dialect(Address address) {
        Dialect dialect = address.dialect();
        if (dialect != null) {
            return dialect;
        }
        if (isFile(address)) {
            return Dialect.KIMI;
        }
        return isSearch(address) ? Dialect.GLM : address.dialectFor("");
    }

    /** Whether a request belongs into the books. */
    public boolean remembers(Address address) {
        return isFile(address) || isSearch(address);
    }

    public HttpResponse receive(HttpRequest request, Address address, ByteString body) {
        Dialect dialect = dialect(address);
        String method = request.method().value();
        boolean keepsFiles = dialect == Dialect.KIMI || dialect == Dialect.GLM;
        try {
            if (isFile(address) && keepsFiles) {
                return files.receive(request, dialect, address.endpoint(), body);
            }
            if (isSearch(address) && dialect == Dialect.GLM && method.equals("POST")) {
                return SearchDesk.receive(body, clock.instant());
            }
        } catch (InvalidQuestion invalid) {
            return Pages.refusal(dialect, Refusal.of(invalid));
        }
        return address.endpoint().equals("/models") && method.equals("GET")
                ? Pages.json(200, Models.list(dialect))
                : Pages.refusal(
                        dialect,
                        Refusal.of(
                                404,
                                "no such endpoint: " + method + ' '
                                        + request.getUri().path()));
    }

    private static boolean isFile(Address address) {
        String endpoint = address.endpoint();
        return endpoint.equals("/files") || endpoint.startsWith("/files/");
    }

    private static boolean isSearch(Address address) {
        return address.endpoint().equals("/web_search");
    }
}
