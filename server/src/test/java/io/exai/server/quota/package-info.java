/** Tests of how many calls run at once. */
@NullMarked
package io.exai.server.quota;

import org.jspecify.annotations.NullMarked;
