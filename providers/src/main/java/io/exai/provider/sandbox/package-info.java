/** A small HTTP server that answers like a vendor, on demand badly, and remembers what it was asked. */
@NullMarked
package io.exai.provider.sandbox;

import org.jspecify.annotations.NullMarked;
