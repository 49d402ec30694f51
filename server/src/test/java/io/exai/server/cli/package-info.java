/** Tests of commands that need no daemon. */
@NullMarked
package io.exai.server.cli;

import org.jspecify.annotations.NullMarked;
