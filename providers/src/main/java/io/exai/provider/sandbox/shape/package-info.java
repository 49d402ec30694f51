/** Small rules that together say what a JSON document must be. */
@NullMarked
package io.exai.provider.sandbox.shape;

import org.jspecify.annotations.NullMarked;
