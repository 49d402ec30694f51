/** The command line. */
@org.jspecify.annotations.NullMarked
package io.exai.server.cli;
