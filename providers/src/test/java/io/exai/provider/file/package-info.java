/** Tests of what vendors do besides answering. */
@NullMarked
package io.exai.provider.file;

import org.jspecify.annotations.NullMarked;
