/** Tests of the sandbox. */
@NullMarked
package io.exai.provider.sandbox.wire;

import org.jspecify.annotations.NullMarked;
