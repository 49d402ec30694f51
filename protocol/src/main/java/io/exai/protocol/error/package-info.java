/** The daemon's own error codes, on every transport. */
@org.jspecify.annotations.NullMarked
package io.exai.protocol.error;
