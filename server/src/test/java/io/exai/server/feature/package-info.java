/** Tests of what is answered without a session. */
@NullMarked
package io.exai.server.feature;

import org.jspecify.annotations.NullMarked;
