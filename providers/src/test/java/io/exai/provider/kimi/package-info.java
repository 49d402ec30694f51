/** Tests of what is Kimi's own. */
@NullMarked
package io.exai.provider.kimi;

import org.jspecify.annotations.NullMarked;
