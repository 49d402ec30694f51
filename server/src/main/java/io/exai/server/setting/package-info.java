/** The settings of the whole daemon, read once and checked together. */
@org.jspecify.annotations.NullMarked
package io.exai.server.setting;
