/** Tests of what bounds sessions. */
@NullMarked
package io.exai.server.session;

import org.jspecify.annotations.NullMarked;
