package io.exai.provider.sandbox;

import org.apache.pekko.http.scaladsl.model.headers.CustomHeader;

/**
 * A header that no connection survives: Pekko HTTP fails to write it, and closes the connection before the first byte
 * of the response. It offers no other way; a flow that ends without a response is answered 500.
 */
final class HangUp extends CustomHeader {
    private static final class OnPurpose extends RuntimeException {
        OnPurpose() {
            super("The sandbox hangs up on purpose", null, false, false);
        }
    }

    @Override
    public String name() {
        return "Hang-Up";
    }

    @Override
    public String value() {
        throw new OnPurpose();
    }

    @Override
    public boolean renderInRequests() {
        return false;
    }

    @Override
    public boolean renderInResponses() {
        return true;
    }
}
