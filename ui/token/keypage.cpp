// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/keypage.h>

#include <QtCore/qitemselectionmodel.h>
#include <QtGui/qclipboard.h>
#include <QtGui/qevent.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qfiledialog.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qpushbutton.h>

#include <base/text.h>
#include <state/keyinput.h>
#include <token/certificatepart.h>
#include <token/generaterow.h>
#include <token/keytext.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {

void KeyPage::setRing(const inspect::KeyRing& ring)
{
    m_ring = ring;
    m_certificates.take(ring);
    m_chosen.reset();
    showRing();
}

void KeyPage::showReading(const TokenReading& reading)
{
    m_chosen = reading.chosenKey;
    showRows();
    for (const inspect::Check& check : reading.inspection.checks)
        if (check.name == "key" && m_ring.keys.size() > 1 && check.result != inspect::CheckResult::Skipped) {
            m_choice->setText(shown(check.why));
            m_choice->show();
        }
    askForMissing(reading.inspection);
}

/// jose-policy rule 24: issuers change their keys, so an unknown kid is asked for once more; the workbench
/// sees to it that this is not often.
void KeyPage::askForMissing(const inspect::Inspection& inspection)
{
    const std::optional<std::string> kid = inspection.token.kid();
    const bool isMissing = kid && inspection.verdict == inspect::Verdict::NoKey && m_missingKid != kid;
    if (!isMissing || !m_source || m_isFetching)
        return;
    m_missingKid = kid;
    ask(*m_source);
}

void KeyPage::setClock(std::function<Instant()> clock)
{
    m_clock = std::move(clock);
    showDetail();
}

void KeyPage::change(inspect::KeyRing ring)
{
    m_ring = std::move(ring);
    m_chosen.reset();
    showRing();
    Q_EMIT ringChanged(m_ring);
}

void KeyPage::showRing()
{
    m_lines = keyLines(m_ring);
    m_certificates.keepThoseOf(m_ring.keys);
    showRows();
    m_table->setVisible(!m_lines.empty());
    m_count->setText(QString::number(m_lines.size()));
    m_removeAll->setVisible(m_lines.size() > 1);
    if (m_lines.empty())
        m_source.reset();
    QStringList notes;
    for (std::size_t index = 0; index < std::min<std::size_t>(m_ring.notes.size(), 5); ++index)
        notes.append(tr("Left out: %1").arg(shown(m_ring.notes[index], 400)));
    m_notes->setText(notes.join(u'\n'));
    m_notes->setVisible(!notes.isEmpty());
    showDetail();
}

void KeyPage::showRows()
{
    std::vector<CellRow> rows;
    for (std::size_t index = 0; index < m_lines.size(); ++index)
        rows.push_back(keyRow(m_lines[index], m_chosen == index));
    m_table->setRows(std::move(rows));
    m_choice->setText(ringSentence(m_ring));
    m_choice->setVisible(!m_choice->text().isEmpty());
}

std::optional<std::size_t> KeyPage::current() const
{
    const QModelIndex index = m_table->currentIndex();
    const auto row = static_cast<std::size_t>(index.row());
    return index.isValid() && row < m_ring.keys.size() ? std::optional(row) : std::nullopt;
}

void KeyPage::showDetail()
{
    const std::optional<std::size_t> row = current();
    m_detail->setVisible(row.has_value());
    m_certificate->showChain(
        row ? m_certificates.of(m_ring.keys[*row]) : std::vector<inspect::CertificateFacts>(), m_clock());
    if (!row)
        return;
    const jose::Key& key = m_ring.keys[*row];
    const KeyLine& line = m_lines[*row];
    m_detailText->setText(keyDetail(key, line));
    m_detailProblem->setText(shown(line.problem));
    m_detailProblem->setVisible(!line.problem.empty());
    const bool isSecret = key.type == jose::KeyType::Oct;
    m_publicCopies[0]->setEnabled(!isSecret);
    m_publicCopies[1]->setEnabled(!isSecret);
    m_privateCopies[0]->setEnabled(key.isPrivate && !isSecret);
    m_privateCopies[1]->setEnabled(key.isPrivate);
}

void KeyPage::say(const QString& problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void KeyPage::wait(const QString& what)
{
    say({});
    m_progressText->setText(what);
    m_progress->setVisible(!what.isEmpty());
    m_fetch->setEnabled(what.isEmpty());
    m_generate->setWaiting(!what.isEmpty());
}

void KeyPage::cancel()
{
    m_making.cancel();
    if (std::exchange(m_isFetching, false))
        Q_EMIT keysCancelled();
    wait({});
}

void KeyPage::add(const Result<inspect::KeyRing>& added)
{
    const bool isLocked = !added && asksForPassphrase(added.error());
    m_passphraseRow->setVisible(isLocked);
    m_passphrase->clear();
    if (isLocked)
        m_passphrase->setFocus();
    if (!added)
        return say(toQString(visible(describe(added.error()))));
    m_locked = nullptr;
    say({});
    if (added->isEmpty())
        return;
    m_certificates.take(*added);
    change(withKeys(m_ring, *added));
    m_table->setCurrentIndex(m_table->model()->index(static_cast<int>(m_lines.size()) - 1, 0));
}

void KeyPage::addText(const QString& text)
{
    const Secret secret(toUtf8(text));
    if (trimmed(secret.reveal()).empty())
        return say(tr("There is no text in the clipboard: copy a key first."));
    m_locked = [secret](const Secret& passphrase) { return keyRingFromText(secret, passphrase); };
    add(m_locked({}));
}

void KeyPage::addFile(const QString& path)
{
    m_locked = [file = toUtf8(path)](const Secret& passphrase) { return keyRingFromFile(file, passphrase); };
    add(m_locked({}));
}

void KeyPage::chooseFile()
{
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Open a key file"), {},
        tr("Keys (*.pem *.key *.crt *.cer *.der *.jwk *.jwks *.json *.pub);;All files (*)"));
    if (!path.isEmpty())
        addFile(path);
}

void KeyPage::retryWithPassphrase()
{
    if (m_locked)
        add(m_locked(Secret(toUtf8(m_passphrase->text()))));
}

void KeyPage::fetch()
{
    const std::string address(trimmed(toUtf8(m_address->text())));
    const bool isIssuer = m_addressKind->currentIndex() == 0;
    keys::Source source;
    (isIssuer ? source.issuer : source.jwksUrl) = address;
    const Result<void> allowed = keys::checkAddress(address, isIssuer ? "the issuer" : "the JWKS URL");
    if (!allowed)
        return say(toQString(visible(describe(allowed.error()))));
    ask(source);
}

void KeyPage::ask(const keys::Source& source)
{
    wait(tr("Asking %1").arg(shown(source.issuer + source.jwksUrl, 120)));
    m_isFetching = true;
    Q_EMIT keysRequested(source);
}

void KeyPage::takeFetched(const keys::Source& source, const Result<keys::KeySet>& set)
{
    m_isFetching = false;
    wait({});
    if (!set)
        return say(toQString(visible(describe(set.error()))));
    const Result<inspect::KeyRing> ring = withFetched(m_ring, *set);
    if (!ring)
        return say(toQString(visible(describe(ring.error()))));
    if (set->keys.empty())
        return say(tr("%1 has no key in its set.").arg(shown(source.jwksUrl + source.issuer, 200)));
    m_source = source;
    change(*ring);
}

void KeyPage::generate(const KeyDraft& draft)
{
    wait(tr("Making a key for %1").arg(toQString(draft.algorithm)));
    m_making.run([draft] { return makeKey(draft); },
                 [this](const Result<jose::Key>& key) {
                     wait({});
                     if (!key)
                         return say(toQString(visible(describe(key.error()))));
                     inspect::KeyRing ring;
                     ring.keys.push_back(*key);
                     add(ring);
                     m_generate->forgetKid();
                 });
}

void KeyPage::copyAs(KeyForm form)
{
    const Result<Secret> text = keyText(m_ring, current().value_or(m_ring.keys.size()), form);
    if (!text)
        return say(toQString(visible(describe(text.error()))));
    say({});
    QGuiApplication::clipboard()->setText(toQString(text->reveal()));
}

void KeyPage::removeCurrent()
{
    if (const std::optional<std::size_t> row = current())
        change(withoutKey(m_ring, *row));
}

void KeyPage::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Paste))
        addText(QGuiApplication::clipboard()->text());
    else if (event->key() == Qt::Key_Escape && m_progress->isVisible())
        cancel();
    else
        QWidget::keyPressEvent(event);
}

} // namespace claimcheck::ui
