/** Tests of tools as data and of what is checked before a call. */
@NullMarked
package io.exai.server.tool;

import org.jspecify.annotations.NullMarked;
