/** Tests of how the modules and packages of the daemon hang together. */
@NullMarked
package io.exai.server;

import org.jspecify.annotations.NullMarked;
