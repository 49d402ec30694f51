package io.exai.persistence.schema;

/** The database holds tables that this program must not touch: of a newer version, or of another back end. */
public final class SchemaMismatch extends RuntimeException {
    SchemaMismatch(String message) {
        super(message);
    }
}
