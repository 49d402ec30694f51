/** Tests of leased permits: the pure parts in thousands of histories, the actors on three nodes. */
@NullMarked
package io.exai.provider.quota;

import org.jspecify.annotations.NullMarked;
