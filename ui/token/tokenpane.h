// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The token inspector: decodes at every keystroke, verifies when there is a key, counts down while it is
// looked at. A token is never shown as verified without a signature that fits.

#pragma once

#include <functional>

#include <QtCore/qtimer.h>
#include <QtWidgets/qwidget.h>

#include <base/latestjob.h>
#include <base/time.h>
#include <inspect/inspection.h>
#include <keys/source.h>
#include <token/tokenreading.h>

namespace claimcheck::ui {

class DecodedPart;
class EncodedPart;
class FoldingColumns;
class ToolColumn;
enum class Tool;

class TokenPane : public QWidget
{
    Q_OBJECT
public:
    explicit TokenPane(QWidget* parent = nullptr);

    /// Whatever was pasted; the token in it is taken out and inspected.
    void setToken(const QString& pasted);
    void pasteFromClipboard();
    void setKeyRing(const inspect::KeyRing& ring);
    /// The end of keysRequested().
    void takeFetched(const keys::Source& source, const Result<keys::KeySet>& set);
    void showTool(Tool tool);
    /// The machine's clock unless set.
    void setClock(std::function<Instant()> clock);
    /// Who knows how a token came. Without, and of a token that nobody knows, what was pasted tells.
    void setContexts(std::function<inspect::Context(std::string_view token)> contexts);
    /// Who knows the keys that a token was judged by where it came from. They go before a key that was given
    /// for others, and behind one that is given while the token is here.
    void setIssuerKeys(std::function<std::optional<IssuerKeys>(std::string_view token)> keys);
    /// What they know has changed.
    void judgeAnew() { inspectAnew(); }
    /// Counts anew; the pane's own timer does this once a second while the pane is visible.
    void tick();

    /// Of a large token nothing but its text, until it has been read.
    const inspect::Inspection& inspection() const { return m_inspection; }

Q_SIGNALS:
    void keyRingChanged(const claimcheck::inspect::KeyRing& ring);
    void useInRequest(const QString& token);
    void keysRequested(const claimcheck::keys::Source& source);
    void keysCancelled();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void inspectAnew();
    void takeOwnRing(const inspect::KeyRing& ring);
    Measure measureFor(const std::string& token) const;
    void showRead(TokenReading reading);
    void showWaiting();
    void connectEncoded();
    void connectTools();
    inspect::Context contextOf(const std::string& token) const;
    Instant time() const;
    bool crossedBoundary(Instant before, Instant now) const;
    bool isReadAgainEachSecond() const;

    std::function<Instant()> m_clock = currentTime;
    std::function<inspect::Context(std::string_view token)> m_contexts;
    std::string m_pastedToken; ///< the token that was taken out of a pasted text …
    inspect::Context m_pasted; ///< … and what that text said of it
    std::function<std::optional<IssuerKeys>(std::string_view token)> m_issuerKeys;
    std::string m_ownKeyFor; ///< the token that a key was given for, here
    Measure m_measure;
    Measure m_used; ///< that the token at hand is judged by
    inspect::Inspection m_inspection;
    Instant m_shownAt{};
    LatestJob<TokenReading> m_reading; ///< of a large token
    bool m_isReading = false;
    QTimer m_timer;
    EncodedPart* m_encoded;
    DecodedPart* m_decoded;
    ToolColumn* m_tools;
    FoldingColumns* m_columns;
};

} // namespace claimcheck::ui
