/** Tests of the router. */
@NullMarked
package io.exai.provider.router;

import org.jspecify.annotations.NullMarked;
