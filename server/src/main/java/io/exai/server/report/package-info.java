/** Text for people at a terminal. */
@NullMarked
package io.exai.server.report;

import org.jspecify.annotations.NullMarked;
