/** What every dialect of the sandbox shares: addresses, JSON, words and errors. */
@NullMarked
package io.exai.provider.sandbox.wire;

import org.jspecify.annotations.NullMarked;
