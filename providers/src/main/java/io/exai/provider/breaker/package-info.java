/** Circuit breakers that the nodes of a cluster share: who fails too often is left alone for a while. */
@NullMarked
package io.exai.provider.breaker;

import org.jspecify.annotations.NullMarked;
