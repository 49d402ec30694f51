/** Tests of the settings. */
@NullMarked
package io.exai.provider.setting;

import org.jspecify.annotations.NullMarked;
