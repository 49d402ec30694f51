/** Tests of the sandbox. */
@NullMarked
package io.exai.provider.sandbox;

import org.jspecify.annotations.NullMarked;
