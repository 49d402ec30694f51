/** Whether the daemon lives and whether it can serve. */
@org.jspecify.annotations.NullMarked
package io.exai.server.health;
