/** Provider actors: who may call a vendor now, who waits, and who hears the answer. */
@NullMarked
package io.exai.provider.actor;

import org.jspecify.annotations.NullMarked;
