/** Tests of session events: their bytes on disk and the state they fold to. */
@org.jspecify.annotations.NullMarked
package io.exai.persistence.session;
