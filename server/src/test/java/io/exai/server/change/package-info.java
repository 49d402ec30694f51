/** Whether news reach those who listen. */
@NullMarked
package io.exai.server.change;

import org.jspecify.annotations.NullMarked;
