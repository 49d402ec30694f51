/** Tests of the strict JSON reader. */
@NullMarked
package io.exai.protocol.json;

import org.jspecify.annotations.NullMarked;
