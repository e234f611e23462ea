// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/signpage.h>

#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qpushbutton.h>

#include <base/text.h>
#include <json/write.h>
#include <state/keylist.h>
#include <token/keychoice.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {

void SignPage::setRing(const inspect::KeyRing& ring)
{
    m_ring = ring;
    showKeys();
}

void SignPage::setToken(const jose::Jws& token)
{
    m_token = token;
    m_take->setEnabled(!token.text.empty());
    if (m_isTyped)
        return;
    if (token.headerJson)
        begin(draftOf(token));
    else if (m_claims->json().empty())
        begin(signTemplates(m_clock()).front().draft);
}

void SignPage::begin(const SignDraft& draft)
{
    m_isLoading = true;
    m_header->setJson(draft.header);
    m_claims->setJson(draft.claims);
    m_isLoading = false;
    m_isTyped = false;
    showAlgorithms();
}

void SignPage::noticeTyping()
{
    // Qt says that a text changed when its colours did.
    SignDraft draft{m_header->json(), m_claims->json()};
    if (draft == m_last)
        return;
    m_last = std::move(draft);
    m_isTyped = m_isTyped || !m_isLoading;
    noticeChange();
}

/// The result, there or on its way, is no longer that of what stands above it.
void SignPage::noticeChange()
{
    m_signing.cancel();
    m_resultTitle->setText(tr("Signed before the last change"));
}

void SignPage::showKeys()
{
    m_keys->setRing(m_ring, signingKeys(m_ring));
    m_sign->setEnabled(m_keys->key() != nullptr);
    showAlgorithms();
}

/// Those of the key; first the one that the header names, where it can be.
void SignPage::showAlgorithms()
{
    const QSignalBlocker quiet(m_algorithm);
    m_algorithm->clear();
    const jose::Key* key = m_keys->key();
    m_algorithm->setEnabled(key != nullptr);
    m_keys->setOthers(key == nullptr ? std::vector<std::size_t>() : signersBeside(m_ring, *m_keys->index()));
    if (key == nullptr)
        return;
    for (const std::string& name : algorithmsOf(*key))
        m_algorithm->addItem(toQString(name));
    const Result<json::Document> header = json::parse(m_header->json());
    const auto alg = header && header->root().isObject() ? header->root().find("alg") : std::nullopt;
    if (alg)
        m_algorithm->setCurrentIndex(std::max(0, m_algorithm->findText(toQString(alg->string()))));
}

/// What was chosen is seen in the header at once: a token that names another key would verify nowhere.
void SignPage::followKey()
{
    showAlgorithms();
    const jose::Key* key = m_keys->key();
    if (key != nullptr && key->kid)
        if (const Result<std::string> header = withMember(m_header->json(), "kid", json::quoted(*key->kid)))
            m_header->setJson(*header);
    followAlgorithm();
}

void SignPage::followAlgorithm()
{
    const std::string name = json::quoted(toUtf8(m_algorithm->currentText()));
    if (const Result<std::string> header = withMember(m_header->json(), "alg", name))
        m_header->setJson(*header);
}

void SignPage::setClaim(std::string_view name, const std::string& json)
{
    const Result<std::string> claims = withMember(m_claims->json(), name, json);
    if (!claims)
        return say(toQString(visible(describe(claims.error()))));
    say({});
    m_claims->setJson(*claims);
}

void SignPage::setTime(std::string_view name, Seconds from)
{
    const auto now = std::chrono::duration_cast<Seconds>(m_clock().time_since_epoch());
    setClaim(name, std::to_string((now + from).count()));
}

void SignPage::say(const QString& problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void SignPage::sign()
{
    // The header says what is signed with, so that what one sees is what comes out.
    const Result<json::Document> header = json::parse(m_header->json());
    if (header && header->root().isObject() && header->root().find("alg"))
        followAlgorithm();
    const SignDraft draft{m_header->json(), m_claims->json()};
    say({});
    if (m_keys->key() == nullptr)
        return;
    const SignForm form{m_keys->form(), m_detached->isChecked(), m_keys->others()};
    m_signing.run(
        [draft, form, key = *m_keys->key(), algorithm = toUtf8(m_algorithm->currentText())] {
            return signDraft(draft, key, algorithm, form);
        },
        [this](const Result<Secret>& token) { showResult(token); });
}

void SignPage::showResult(const Result<Secret>& token)
{
    if (!token)
        return say(toQString(visible(describe(token.error()))));
    m_result->setToken(toQString(token->reveal()));
    m_result->showParts(jose::decode(token->reveal()), {});
    const std::size_t others = m_keys->others().size();
    m_resultTitle->setText(others == 0 ? tr("Signed with %1").arg(m_algorithm->currentText())
                                       : tr("Signed with %1 keys").arg(others + 1));
    m_resultPart->show();
}

} // namespace claimcheck::ui
