/** Settings of this module, each record reporting its own range violations. */
@NullMarked
package io.exai.provider.setting;

import org.jspecify.annotations.NullMarked;
