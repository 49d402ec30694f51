/** Tests of what scripts ask with. */
@NullMarked
package io.exai.server.script;

import org.jspecify.annotations.NullMarked;
