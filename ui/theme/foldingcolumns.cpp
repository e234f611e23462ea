// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/foldingcolumns.h>

#include <QtGui/qevent.h>
#include <QtGui/qpainter.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qsplitter.h>

#include <theme/flattabbar.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

/// A hairline to look at; Qt makes a handle of 1 px wider to grab.
class Handle : public QSplitterHandle
{
public:
    using QSplitterHandle::QSplitterHandle;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const int middle = contentsRect().center().x();
        painter.fillRect(QRectF(middle, 0, 1 / devicePixelRatioF(), height()), colour(Role::Line));
    }
};

class ColumnSplitter : public QSplitter
{
public:
    ColumnSplitter() : QSplitter(Qt::Horizontal)
    {
        setHandleWidth(1);
        setChildrenCollapsible(false);
    }

protected:
    QSplitterHandle* createHandle() override { return new Handle(orientation(), this); }
};

} // namespace

FoldingColumns::FoldingColumns(int foldBelow, QWidget* parent)
    : QWidget(parent),
      m_foldBelow(foldBelow),
      m_tabs(new FlatTabBar),
      m_line(new Hairline(Qt::Horizontal)),
      m_splitter(new ColumnSplitter)
{
    setNames(m_tabs, QStringLiteral("columnTabs"), tr("Columns"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* tabs = new QHBoxLayout;
    tabs->setContentsMargins(space::small - 2, 0, 0, 0);
    tabs->addWidget(m_tabs);
    column->addLayout(tabs);
    column->addWidget(m_line);
    column->addWidget(m_splitter, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &FoldingColumns::arrange);
    arrange();
}

void FoldingColumns::addColumn(const QString& title, QWidget* column, int share)
{
    m_shares.append(share);
    m_visible.append(true);
    m_widths.append(0);
    m_splitter->addWidget(column);
    m_splitter->setStretchFactor(m_splitter->count() - 1, m_shares.size() == 1 ? 0 : share);
    m_tabs->addTab(title);
    arrange();
}

void FoldingColumns::setColumnVisible(int index, bool visible)
{
    if (m_visible[index] == visible)
        return;
    if (!visible)
        m_widths[index] = m_laidOut && !m_folded ? columnWidth(index) : 0;
    m_visible[index] = visible;
    m_tabs->setTabVisible(index, visible);
    arrange();
    if (visible && m_widths[index] > 0)
        setColumnWidth(index, m_widths[index]);
    else if (visible && m_laidOut && !m_folded)
        m_splitter->setSizes(sharedOut());
}

int FoldingColumns::lastVisible() const
{
    return static_cast<int>(m_visible.lastIndexOf(true));
}

QList<int> FoldingColumns::sharedOut() const
{
    int room = m_splitter->width() - m_shares.front() - static_cast<int>(m_shares.size()) + 1;
    int parts = 0;
    for (qsizetype index = 1; index < m_shares.size(); ++index)
        parts += m_visible[index] ? m_shares[index] : 0;
    QList<int> sizes = m_shares;
    for (qsizetype index = 1; index < sizes.size() && parts > 0; ++index)
        sizes[index] = m_visible[index] ? room * m_shares[index] / parts : 0;
    return sizes;
}

void FoldingColumns::setColumnTitle(int index, const QString& title)
{
    m_tabs->setTabText(index, title);
}

void FoldingColumns::setColumnWidth(int index, int width)
{
    m_shares[index] = width;
    if (!m_laidOut || m_folded)
        return;
    QList<int> sizes = m_splitter->sizes();
    sizes[index] = width;
    int rest = m_splitter->width();
    for (qsizetype other = 0; other < sizes.size(); ++other)
        rest -= other == lastVisible() || !m_visible[other] ? 0 : sizes[other] + 1;
    sizes[lastVisible()] = qMax(rest, 1);
    m_splitter->setSizes(sizes);
}

int FoldingColumns::columnWidth(int index) const
{
    return m_laidOut && !m_folded ? m_splitter->sizes().at(index) : m_shares.at(index);
}

void FoldingColumns::showColumn(int index)
{
    m_tabs->setCurrentIndex(index);
}

QByteArray FoldingColumns::saveState() const
{
    return m_folded || !m_laidOut ? QByteArray() : m_splitter->saveState();
}

void FoldingColumns::restoreState(const QByteArray& state)
{
    m_laidOut = !state.isEmpty() && m_splitter->restoreState(state);
    m_splitter->setHandleWidth(1);
}

void FoldingColumns::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool folded = event->size().width() < m_foldBelow;
    if (folded == m_folded)
        return;
    m_folded = folded;
    arrange();
    if (!folded && isVisible())
        m_splitter->setSizes(sharedOut());
}

void FoldingColumns::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_laidOut || m_folded)
        return;
    m_laidOut = true;
    m_splitter->setSizes(sharedOut());
}

void FoldingColumns::arrange()
{
    m_tabs->setVisible(m_folded);
    m_line->setVisible(m_folded);
    for (int index = 0; index < m_splitter->count(); ++index)
        m_splitter->widget(index)->setVisible(m_visible[index] &&
                                              (!m_folded || index == m_tabs->currentIndex()));
}

} // namespace claimcheck::ui
