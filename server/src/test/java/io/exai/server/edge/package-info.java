/** Tests of frames, of who may connect, and of the dialogue with a client. */
@NullMarked
package io.exai.server.edge;

import org.jspecify.annotations.NullMarked;
