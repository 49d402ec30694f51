/** Tests of the sandbox. */
@NullMarked
package io.exai.provider.sandbox.file;

import org.jspecify.annotations.NullMarked;
