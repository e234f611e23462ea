// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plan.h"

#include <algorithm>

#include <base/text.h>
#include <inspect/guess.h>

namespace claimcheck::audit {

namespace {

void addNotRun(Plan& plan, const Attack& attack, std::string_view why)
{
    Row row;
    row.attack = attack.id;
    row.why = why;
    plan.notRun.push_back(std::move(row));
}

std::size_t costOf(const std::vector<Forgery>& forgeries)
{
    std::size_t cost = 0;
    for (const Forgery& forgery : forgeries)
        cost += audit::costOf(forgery);
    return cost;
}

std::vector<Forgery>& listOf(Plan& plan, Stage stage)
{
    if (stage == Stage::Last)
        return plan.last;
    return stage == Stage::Control ? plan.controls : plan.forgeries;
}

void addAttack(Plan& plan, const Attack& attack, const Material& material)
{
    const Obstacle found = obstacle(attack, material);
    if (found.kind != ObstacleKind::None)
        return addNotRun(plan, attack, found.why);
    std::vector<Forgery> made = forge(attack, material);
    if (made.empty())
        return addNotRun(plan, attack, "cannot be made of this token");
    std::vector<Forgery>& list = listOf(plan, attack.stage);
    const std::size_t before = list.size();
    list.insert(list.end(), std::make_move_iterator(made.begin()), std::make_move_iterator(made.end()));
    if (plan.requests() <= mostRequests)
        return;
    list.resize(before);
    addNotRun(plan, attack, limitReached);
}

/// What gives leave, in the words of the command line.
std::string_view optionFor(Needs needs)
{
    switch (needs) {
    case Needs::GoodInQuery:
        return " (--token-in-log allows that)";
    case Needs::Privileges:
        return " (--ask-privileges gives it)";
    case Needs::Redirect:
        return " (--open-redirect names it)";
    case Needs::PublicFile:
        return " (--public-file names it)";
    default:
        return {};
    }
}

bool isChosen(const Attack& attack, const std::vector<const Attack*>& chosen)
{
    return chosen.empty() || std::ranges::find(chosen, &attack) != chosen.end();
}

} // namespace

/// An answer to HEAD may have to be compared with the good token's, one to a form of JSON with that to a
/// token that proves nothing.
std::size_t costOf(const Forgery& forgery)
{
    return forgery.delivery.method == "HEAD" || !forgery.counterproof.isEmpty() ? 2 : 1;
}

std::size_t Plan::requests() const
{
    const std::size_t sent = controls.size() + costOf(forgeries);
    return 2 + sent + sent / checkEvery + 1 + last.size() * costOfLast;
}

Plan planFor(const Material& material, const std::vector<const Attack*>& chosen)
{
    Plan plan;
    for (const Attack& attack : attacks())
        if (attack.stage == Stage::Control || isChosen(attack, chosen))
            addAttack(plan, attack, material);
    return plan;
}

std::vector<Forgery> builtOn(const Material& material, const std::vector<const Attack*>& chosen)
{
    static constexpr Needs possible[] = {Needs::Taken, Needs::SigningKey, Needs::SigningKeyAndAudience,
                                         Needs::SigningKeyAndIssuer};
    std::vector<Forgery> all;
    for (const Attack& attack : attacks()) {
        if (std::ranges::find(possible, attack.needs) == std::end(possible) || !isChosen(attack, chosen))
            continue;
        for (Forgery& forgery : forge(attack, material)) {
            forgery.builtOn = material.taken->attack;
            all.push_back(std::move(forgery));
        }
    }
    return all;
}

std::string planText(const Plan& plan, const std::string& route)
{
    std::string text = visible(route) + ": about " + std::to_string(plan.requests()) + " requests\n";
    for (const Attack& attack : attacks()) {
        std::size_t count = 0;
        for (const auto* list : {&plan.controls, &plan.forgeries, &plan.last})
            count += static_cast<std::size_t>(std::ranges::count_if(
                *list, [&](const Forgery& forgery) { return forgery.attack == attack.id; }));
        std::string why;
        for (const Row& row : plan.notRun)
            if (row.attack == attack.id)
                why = "not run: " + row.why +
                      std::string(row.why == limitReached ? std::string_view() : optionFor(attack.needs));
        std::string id(attack.id);
        id.resize(std::max<std::size_t>(22, id.size()), ' ');
        if (count > 0)
            text += "  " + id + " " + std::to_string(count) + "  " + std::string(attack.does) + "\n";
        else if (!why.empty())
            text += "  " + id + " " + why + "\n";
    }
    return text;
}

std::optional<jose::Key> guessSecretOf(const jose::Jws& good, const std::vector<std::string>& words)
{
    std::string more;
    for (const std::string& word : words)
        more += word + "\n";
    const inspect::WordSource own = [more](std::string& out) mutable {
        out = std::exchange(more, {});
        return !out.empty();
    };
    const auto outcome = inspect::guessSecret(good, inspect::inTurn(inspect::publishedWords(), own));
    return outcome && outcome->secret ? std::optional(jose::secretKey(*outcome->secret)) : std::nullopt;
}

} // namespace claimcheck::audit
