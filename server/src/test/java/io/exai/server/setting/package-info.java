/** Tests of reading and checking the settings. */
@NullMarked
package io.exai.server.setting;

import org.jspecify.annotations.NullMarked;
