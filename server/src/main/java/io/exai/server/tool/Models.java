package io.exai.server.tool;

import io.exai.provider.actor.Provider;
import io.exai.provider.breaker.Health;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.router.Punctuality;
import io.exai.provider.router.Router;
import io.exai.provider.setting.ProviderSettings;
import io.exai.server.metric.Meter;
import io.exai.server.spending.Spending;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The models that can be asked, who chooses among them, what they cost, and who counts that.
 *
 * @param providers by name, on this node
 * @param punctuality how long models have lately taken
 * @param adaptive whether a model is given up that takes much longer than it used to
 */
public record Models(
        Catalogue catalogue,
        Map<String, ActorRef<Provider.Command>> providers,
        Router router,
        Punctuality punctuality,
        boolean adaptive,
        Health health,
        Spending spending,
        Meter meter) {
    /** Of those providers, with a router that follows the settings. */
    public static Models of(
            ProviderSettings settings,
            Catalogue catalogue,
            Map<String, ActorRef<Provider.Command>> providers,
            Health health,
            Spending spending,
            Meter meter) {
        return new Models(
                catalogue,
                providers,
                new Router(catalogue, settings, health, System::nanoTime),
                new Punctuality(),
                settings.route().adaptiveTimeouts(),
                health,
                spending,
                meter);
    }
}
